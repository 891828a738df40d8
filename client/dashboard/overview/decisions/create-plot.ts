import UPlot from 'uplot'
import { isHourly } from './bucket-format.ts'

/** What the plot is drawn with; canvas knows no custom properties, so these are colours as the browser worked them out. */
export interface PlotLook {
  approved: string
  review: string
  declined: string
  ground: string
  line: string
  text: string
  /** `12px system-ui` */
  font: string
}

export type Bucket = { at: string; approved: number; review: number; declined: number }

// Bars of a short period would else be as broad as the screen.
const WIDEST_BAR = 40
const AXIS_WIDTH = 44
const AXIS_HEIGHT = 28

/** Stacked bars of decisions in `place`. `handleCursor` hears which bucket the pointer is over. Never throws away what it holds: feed it with `setData`. */
export function createPlot(
  place: HTMLElement,
  {
    width,
    height,
    bucketMs,
    look,
    handleCursor,
  }: { width: number; height: number; bucketMs: number; look: PlotLook; handleCursor: (index: number | null) => void },
  data: UPlot.AlignedData,
): UPlot {
  const bars = UPlot.paths.bars?.({ size: [0.72, WIDEST_BAR], radius: 0.08 })
  const series = (fill: string | CanvasPattern): UPlot.Series => ({
    fill: () => fill,
    width: 0,
    points: { show: false },
    ...(bars ? { paths: bars } : {}),
  })
  const axis = { stroke: look.text, font: look.font, ticks: { show: false } }
  const half = bucketMs / 2
  return new UPlot(
    {
      width,
      height,
      ms: 1,
      legend: { show: false },
      padding: [8, 20, 0, 0],
      // Days are days of UTC; hours are told in the zone that people here live in.
      ...(isHourly(bucketMs) ? {} : { tzDate: (at: number) => UPlot.tzDate(new Date(at), 'Etc/UTC') }),
      cursor: { y: false, points: { show: false }, drag: { setScale: false, x: false, y: false } },
      // Half a bucket of room at both ends, so that the outer bars are whole.
      scales: {
        x: { range: (_plot, from, to) => [from - half, to + half] },
        y: { range: (_plot, _from, to) => [0, Math.max(4, to * 1.05)] },
      },
      axes: [
        { ...axis, size: AXIS_HEIGHT, grid: { show: false }, space: 64, values: formatTicks },
        {
          ...axis,
          size: AXIS_WIDTH,
          grid: { stroke: look.line, width: 1 },
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 1_000_000],
        },
      ],
      // From the highest stack to the lowest: each covers what it stands on.
      series: [
        {},
        series(drawPattern(look.declined, look.ground, 'cross')),
        series(drawPattern(look.review, look.ground, 'stripes')),
        series(look.approved),
      ],
      hooks: { setCursor: [({ cursor }) => handleCursor(cursor.idx ?? null)] },
    },
    data,
    place,
  )
}

const hourTick = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const dayTick = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dayTickUtc = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const DAY = 86_400_000

/** uPlot's own ticks write dates the American way round. */
function formatTicks(plot: UPlot, ticks: number[], _axis: number, _space: number, step: number): string[] {
  if (step >= DAY) {
    const isUtc = plot.data[0].length > 1 && (plot.data[0][1] ?? 0) - (plot.data[0][0] ?? 0) >= DAY
    return ticks.map((at) => (isUtc ? dayTickUtc : dayTick).format(at))
  }
  return ticks.map((at) => {
    const time = hourTick.format(at)
    return time === '00:00' ? dayTick.format(at) : time
  })
}

/** The stacks' heights: all three, without declined, approved alone. */
export function stackDecisions(buckets: readonly Bucket[]): UPlot.AlignedData {
  return [
    buckets.map(({ at }) => Date.parse(at)),
    buckets.map(({ approved, review, declined }) => approved + review + declined),
    buckets.map(({ approved, review }) => approved + review),
    buckets.map(({ approved }) => approved),
  ]
}

/** Colour alone tells nothing to many people, and nothing at all with forced colours: approved is solid, the others have textures. */
function drawPattern(colour: string, ground: string, texture: 'stripes' | 'cross'): CanvasPattern | string {
  const ratio = Math.max(1, Math.round(devicePixelRatio))
  const size = 6 * ratio
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  const context = canvas.getContext('2d')
  if (!context) return colour
  context.fillStyle = texture === 'stripes' ? ground : colour
  context.fillRect(0, 0, size, size)
  context.strokeStyle = texture === 'stripes' ? colour : ground
  context.lineWidth = (texture === 'stripes' ? 2.6 : 1) * ratio
  context.beginPath()
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift, size)
    context.lineTo(shift + size, 0)
    if (texture === 'stripes') continue
    context.moveTo(shift, 0)
    context.lineTo(shift + size, size)
  }
  context.stroke()
  return context.createPattern(canvas, 'repeat') ?? colour
}
