/** Drawn here, no camera: what each step would show. Colours come from the style sheet. */
const DOCUMENT = `<svg viewBox="0 0 240 150" aria-hidden="true">
<rect class="card" x="30" y="20" width="180" height="110" rx="10"/>
<rect class="photo" x="44" y="42" width="50" height="62" rx="4"/>
<circle class="figure" cx="69" cy="64" r="11"/><path class="figure" d="M50 104c2-16 9-24 19-24s17 8 19 24z"/>
<path class="line" d="M108 50h84M108 66h60M108 82h72M108 98h44"/>
<path class="corner" d="M18 36V18a8 8 0 0 1 8-8h18M222 36V18a8 8 0 0 0-8-8h-18M18 114v18a8 8 0 0 0 8 8h18M222 114v18a8 8 0 0 1-8 8h-18"/>
<path class="scan" d="M26 75h188"/></svg>`

const SELFIE = `<svg viewBox="0 0 240 150" aria-hidden="true">
<ellipse class="corner" cx="120" cy="75" rx="52" ry="66"/>
<circle class="figure" cx="120" cy="62" r="27"/><path class="figure" d="M79 127c4-25 20-36 41-36s37 11 41 36c-11 9-25 14-41 14s-30-5-41-14z"/>
<path class="scan" d="M72 75h96"/></svg>`

const LIVENESS = `<svg viewBox="0 0 240 150" aria-hidden="true">
<ellipse class="corner" cx="120" cy="75" rx="52" ry="66"/>
<g class="turning"><circle class="figure" cx="120" cy="62" r="27"/><path class="figure" d="M79 127c4-25 20-36 41-36s37 11 41 36c-11 9-25 14-41 14s-30-5-41-14z"/></g>
<path class="line" d="M52 75H24m10-10L24 75l10 10M188 75h28m-10-10 10 10-10 10"/></svg>`

export const ILLUSTRATIONS = { document: DOCUMENT, selfie: SELFIE, liveness: LIVENESS }
