/** Prometheus's text, asked by name and labels; undefined where there is no such sample. */
export function createReader(text: string) {
  const samples = new Map<string, number>()
  for (const line of text.split('\n')) {
    const [, name, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
    if (name !== undefined) samples.set(keyOf(name, labels === '' ? [] : labels.split(',')), Number(value))
  }
  return {
    text,
    value: (name: string, labels: Readonly<Record<string, string>> = {}) =>
      samples.get(
        keyOf(
          name,
          Object.entries(labels).map(([label, value]) => `${label}="${value}"`),
        ),
      ),
  }
}

const keyOf = (name: string, labels: readonly string[]) => `${name} ${labels.toSorted().join()}`
