declare const brand: unique symbol;

/** A value of type `T` that only fits where the same `Name` is wanted. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
