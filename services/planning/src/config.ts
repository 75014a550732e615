/** planning needs nothing beyond what every service gets. */
export const config = {};
