import { css } from 'lit'

export const shareBarStyles = css`
  .share-bar {
    display: flex;
    gap: 2px;
    inline-size: 100%;
    block-size: 10px;
    border-radius: 5px;
    background: var(--n-4);
    overflow: hidden;
  }
  .share-bar i {
    flex: 0 1 0;
    min-inline-size: 3px;
    background: var(--line);
    transition: flex-grow var(--steady) var(--ease);
  }
  .share-bar [data-hue='grey'] {
    background: var(--n-7);
  }
  @media (forced-colors: active) {
    .share-bar {
      border: 1px solid CanvasText;
      forced-color-adjust: none;
    }
  }
`
