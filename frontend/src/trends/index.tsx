import './trends.css'
import './drawing.css'
import './strips.css'
import './grid.css'
import './paper.css'
import type { ScreenRoute } from '../app/routes.ts'
import { Bothered } from './Bothered.tsx'
import { Compare } from './Compare.tsx'
import { Frame, VIEWS } from './Frame.tsx'
import { Mood } from './Mood.tsx'
import { Opened } from './Opened.tsx'
import { Sensations } from './Sensations.tsx'
import { TotalsCharts } from './Totals.tsx'

const CHARTS = { mood: Mood, bothered: Bothered, opened: Opened, totals: TotalsCharts, compare: Compare }

/** One chart of the journal; the address names the chart and nothing else. */
export function TrendsScreen({ parameters }: ScreenRoute) {
  const view = VIEWS.find((name) => name === parameters.view) ?? 'sensations'
  if (view === 'sensations') {
    const grid = parameters.view === 'grid'
    return <Frame view={view}>{(journal) => <Sensations journal={journal} grid={grid} />}</Frame>
  }
  const Chart = CHARTS[view]
  return <Frame view={view}>{(journal) => <Chart {...journal} />}</Frame>
}
