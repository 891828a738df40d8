/** `Object.hasOwn` is younger than the phones that come to this page. */
export function hasOwn<T extends object>(owner: T, name: PropertyKey): name is keyof T {
  return Object.prototype.hasOwnProperty.call(owner, name)
}
