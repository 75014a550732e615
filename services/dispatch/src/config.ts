/** dispatch needs nothing beyond what every service gets; a depot's windows are its data. */
export const config = {};
