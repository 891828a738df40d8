/** Makes something when it is first needed, and once. Formatters of dates take a browser milliseconds each, before anything is seen. */
export function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
