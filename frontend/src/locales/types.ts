/** A translation of T: the same keys all the way down, other strings. A missing key is a type error. */
export type Like<T> = { readonly [K in keyof T]: T[K] extends string ? string : Like<T[K]> }
