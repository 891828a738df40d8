import { css } from 'lit'

/** Rail at the start, title line on top; a bar at the bottom of a phone. The window itself scrolls, so nothing scrolls in something else. */
export const shellStyles = css`
  :host {
    display: grid;
    grid-template-columns: var(--rail) minmax(0, 1fr);
    grid-template-rows: auto 1fr;
    min-block-size: 100dvh;
  }
  .skip {
    position: fixed;
    inset-block-start: var(--space-8);
    inset-inline-start: var(--space-8);
    z-index: 10;
    padding: var(--space-8) var(--space-16);
    border-radius: var(--radius-control);
    background: var(--accent-solid);
    color: var(--accent-on);
    font-weight: var(--medium);
  }
  .skip:not(:focus) {
    clip-path: inset(50%);
    pointer-events: none;
  }
  main {
    grid-column: 2;
    min-inline-size: 0;
  }
  main:focus {
    outline: none;
  }

  .rail {
    grid-row: 1 / -1;
    position: sticky;
    inset-block-start: 0;
    z-index: 4;
    display: flex;
    flex-direction: column;
    gap: var(--space-8);
    block-size: 100dvh;
    padding: var(--space-12);
    border-inline-end: 1px solid var(--hairline);
    background: var(--ground-rail);
    overflow-y: auto;
  }
  .brand {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    padding: 2px var(--space-8) var(--space-16);
    border-radius: var(--radius-control);
    color: var(--text);
    font-weight: var(--strong);
    letter-spacing: -0.01em;
    text-decoration: none;
  }
  ul {
    display: grid;
    gap: 2px;
  }
  li a {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    min-block-size: 32px;
    padding: 0 var(--space-8);
    border-radius: var(--radius-control);
    color: var(--text-quiet);
    font-size: var(--size-13);
    font-weight: var(--medium);
    text-decoration: none;
    transition: background-color var(--quick) var(--ease);
  }
  li a:hover {
    background: var(--n-4);
    color: var(--text);
  }
  li a[aria-current='page'] {
    background: var(--n-5);
    color: var(--text);
  }
  .settings {
    margin-block-start: auto;
  }

  .title-line {
    position: sticky;
    inset-block-start: 0;
    z-index: 3;
    display: flex;
    align-items: center;
    gap: var(--space-12);
    min-block-size: var(--title-line);
    padding: 0 var(--space-24);
    border-block-end: 1px solid var(--hairline);
    background: var(--ground);
    transition: border-color var(--steady) var(--ease);
  }
  /* What is below may be old: the line over it says so too. */
  .title-line[data-connection='reconnecting'],
  .title-line[data-connection='outdated'] {
    border-color: var(--amber-line);
  }
  .title-line[data-connection='offline'] {
    border-color: var(--red-line);
  }
  h1 {
    font-size: var(--size-16);
    font-weight: var(--strong);
    letter-spacing: -0.01em;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .gap {
    flex: 1;
  }
  .environment {
    padding: 1px 7px;
    border: 1px solid var(--text);
    border-radius: 4px;
    font-size: var(--size-12);
    font-weight: var(--strong);
    letter-spacing: 0.05em;
    text-transform: uppercase;
  }
  .environment.sandbox {
    border: 1px dashed var(--line);
    background: var(--soft);
    color: var(--text-hue);
  }

  @media (max-width: 1279.98px) {
    .rail {
      align-items: center;
      padding-inline: var(--space-8);
    }
    .brand .word,
    li .word {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    li a {
      justify-content: center;
      inline-size: 40px;
      min-block-size: 40px;
    }
    li .icon {
      inline-size: 18px;
      block-size: 18px;
    }
  }

  @media (max-width: 719.98px) {
    :host {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: auto 1fr auto;
    }
    main {
      grid-column: 1;
      padding-block-end: calc(var(--bar) + env(safe-area-inset-bottom));
    }
    .title-line {
      padding-inline: var(--space-16);
      gap: var(--space-8);
    }
    .rail {
      position: fixed;
      inset: auto 0 0;
      flex-direction: row;
      justify-content: space-between;
      gap: 0;
      block-size: auto;
      min-block-size: var(--bar);
      padding: 0 var(--space-8) env(safe-area-inset-bottom);
      border-inline-end: 0;
      border-block-start: 1px solid var(--hairline);
      overflow: visible;
    }
    .brand {
      display: none;
    }
    ul {
      display: contents;
    }
    /* Five names side by side do not fit a phone: the one that is open says its own, the title line repeats it. */
    li a {
      inline-size: auto;
      min-inline-size: 40px;
      min-block-size: 40px;
      padding-inline: var(--space-8);
      border-radius: 20px;
      font-size: var(--size-12);
    }
    li a[aria-current='page'] .word {
      position: static;
      inline-size: auto;
      block-size: auto;
      clip-path: none;
    }
    li a[aria-current='page'] {
      background: var(--accent-soft);
      color: var(--accent-text);
    }
    .settings {
      margin-block: 0;
    }
  }

  /* A zoomed or very low window gives its height to the content. */
  @media (max-height: 479.98px) {
    .title-line {
      position: static;
    }
    .rail {
      overflow-y: auto;
    }
  }
  @media (max-height: 479.98px) and (max-width: 719.98px) {
    .rail {
      position: static;
      grid-row: 3;
    }
    main {
      padding-block-end: 0;
    }
  }
  /* What is lost is said at length; which view is open, the bar says too. */
  @media (max-width: 419.98px) {
    .title-line:not([data-connection='live'], [data-connection='connecting'], [data-connection='waiting']) h1 {
      position: absolute;
      clip-path: inset(50%);
    }
  }
  @media (forced-colors: active) {
    li a[aria-current='page'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`
