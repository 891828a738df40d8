import { css } from 'lit'

/** `data-hue` gives an element the four steps of one family as `--soft`, `--line`, `--text-hue` and `--glow-hue`. */
export const hues = css`
  [data-hue='cool'] {
    --soft: var(--cool-soft);
    --line: var(--cool-line);
    --text-hue: var(--cool-text);
    --glow-hue: var(--cool-glow);
  }
  [data-hue='blue'] {
    --soft: var(--blue-soft);
    --line: var(--blue-line);
    --text-hue: var(--blue-text);
    --glow-hue: var(--blue-glow);
  }
  [data-hue='amber'] {
    --soft: var(--amber-soft);
    --line: var(--amber-line);
    --text-hue: var(--amber-text);
    --glow-hue: var(--amber-glow);
  }
  [data-hue='green'] {
    --soft: var(--green-soft);
    --line: var(--green-line);
    --text-hue: var(--green-text);
    --glow-hue: var(--green-glow);
  }
  [data-hue='red'] {
    --soft: var(--red-soft);
    --line: var(--red-line);
    --text-hue: var(--red-text);
    --glow-hue: var(--red-glow);
  }
  [data-hue='grey'] {
    --soft: var(--grey-soft);
    --line: var(--grey-line);
    --text-hue: var(--grey-text);
    --glow-hue: var(--grey-glow);
  }
`
