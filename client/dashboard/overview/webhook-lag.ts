import type { TemplateResult } from 'lit'
import { html } from 'lit'
import type { Statistics } from '../../../server/protocol.ts'
import { messages } from '../messages.ts'
import { formatDuration } from '../parts/time/time-format.ts'

const words = messages.overview.lag

/** How long webhooks were on their way, by the system that sent them. */
export function renderWebhookLag({ webhookLag }: Statistics): TemplateResult {
  return html`<section aria-labelledby="lag">
    <h2 id="lag">${words.title}</h2>
    <p class="lead">${words.lead}</p>
    ${
      webhookLag.length === 0
        ? html`<p class="nothing">${words.none}</p>`
        : html`<table aria-labelledby="lag">
            <thead>
              <tr>
                <th scope="col">${words.source}</th>
                <th scope="col" class="number">${words.median}</th>
                <th scope="col" class="number">${words.p95}</th>
                <th scope="col" class="number">${words.count}</th>
              </tr>
            </thead>
            <tbody>
              ${webhookLag.map(
                ({ source, medianMs, p95Ms, count }) =>
                  html`<tr>
                    <th scope="row">${messages.sources[source]}</th>
                    <td class="number">${formatDuration(medianMs)}</td>
                    <td class="number">${formatDuration(p95Ms)}</td>
                    <td class="number">${messages.number(count)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
  </section>`
}
