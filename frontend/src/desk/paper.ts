/** How much of what the patient wrote fits on the one printed sheet, A4 or Letter. Pure. */
import type { Brief } from './types.ts'

/** How far back a cut may go to end with a whole word. */
const WORD = 24
/** Letters as wide as two others. */
const WIDE =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Extended_Pictographic}/u

const widthOf = (letter: string): number => (WIDE.test(letter) ? 2 : 1)

/** Lines that a text takes, where one holds `perLine` letters. */
export const linesOf = (text: string, perLine: number): number =>
  text.split('\n').reduce((lines, line) => {
    const width = [...line].reduce((sum, letter) => sum + widthOf(letter), 0)
    return lines + Math.max(1, Math.ceil(width / perLine))
  }, 0)

/** What fits into so many lines beside a mark of that it was cut, and what is left; nothing of what fits whole. */
export function cut(
  text: string,
  lines: number,
  perLine: number,
  mark: number,
): [shown: string, rest: string] {
  if (linesOf(text, perLine) <= lines) return [text, '']
  let [line, column, end] = [1, 0, 0]
  for (const letter of text) {
    const width = widthOf(letter)
    if (line >= lines && (letter === '\n' || column + width > perLine - mark)) break
    if (letter === '\n') [line, column] = [line + 1, 0]
    else if (column + width > perLine) [line, column] = [line + 1, width]
    else column += width
    end += letter.length
  }
  const word = text.slice(0, end).search(/\s\S*$/)
  const within = /\S/.test(text.charAt(end)) && word > Math.max(0, end - WORD)
  const place = within ? word : end
  return [text.slice(0, place), text.slice(place)]
}

/** Shares lines among texts: who needs few gets them, and the others share what that leaves. */
export function shared(needs: readonly number[], lines: number): number[] {
  const given = needs.map(() => 0)
  const order = needs.map((_, place) => place).sort((one, other) => needs[one]! - needs[other]!)
  let left = lines
  order.forEach((place, turn) => {
    given[place] = Math.min(needs[place]!, Math.floor(left / (order.length - turn)))
    left -= given[place]
  })
  return given
}

/** Letters in a line of the sheet, and in a line of one of its two columns: fewer than there is room for. */
export const FULL = 94
export const HALF = 44

/** Of each list, so many are printed; all of them are on the screen. */
export const PRINTED = { news: 3, bothered: 6, totals: 3 }

/** Lines of the lower of the two sheets. */
const SHEET = 61
/** The session, the foot, the heading of what is new, and the room between parts. */
const FIXED = 9
/** In lines: a row of a table and its head with its name, a heading, a line of the name, and the curve. */
const ROW = 1.22
const HEAD = 2.2
const HEADING = 1.2
const NAME = 1.8
const CURVE = 7.4
/** Moods that stand in one line. */
const MOODS = 5
/** What is shared, until when, and how met, in letters. */
const TERMS = 70
const SMALL = 112

const table = (count: number, most = count): number =>
  count && HEAD + ROW * Math.min(count, most) + (count > most ? 1 : 0)

/** Lines of all that stands above and beside what the patient wrote. */
function taken(brief: Brief): number {
  const { share, since, breakthrough } = brief
  const news = new Set(since.map(({ session_id }) => session_id)).size
  return (
    NAME * linesOf(share.patient ?? '', HALF) +
    Math.min(3, Math.ceil((TERMS + (share.what_for?.length ?? 0)) / SMALL)) +
    (brief.ask ? HEADING : 0) +
    (brief.unopened ? 1.3 : 0) +
    Math.min(Math.max(news, 1), PRINTED.news + 1) +
    numbers(brief) +
    (breakthrough ? HEADING + Math.ceil(Object.keys(breakthrough.items).length / 4) + 1 : 0)
  )
}

/** Lines of the four parts that stand two by two. */
function numbers({
  changes,
  first_time,
  detachment,
  mood,
  lift,
  bothered,
  instruments,
  ...brief
}: Brief): number {
  const totals = instruments.reduce(
    (sum, { points }) => sum + table(Math.min(points.length, PRINTED.totals)) + 0.3,
    0,
  )
  if (!brief.session) return totals
  const told =
    Math.min(2, Math.ceil(mood.now.length / MOODS)) + Math.min(2, Math.ceil(mood.before.length / MOODS))
  const felt =
    (table(changes.length) || ROW) +
    (first_time.length && HEADING + Math.min(3, 1 + first_time.length / 2)) +
    (detachment.now === undefined ? 0 : HEADING + 1)
  const moods = told && HEADING + CURVE + told + (lift ? 2.4 : 0)
  const worst = table(bothered.length, PRINTED.bothered)
  return Math.max(felt, moods) + Math.max(worst, totals)
}

/** Lines that are left for what the patient wrote. */
export const roomOf = (brief: Brief): number => Math.max(0, Math.floor((SHEET - FIXED - taken(brief)) * 0.97))

export interface Plan {
  /** Lines for what the patient asks to be asked about. */
  ask: number
  /** Lines for each quotation that is printed, apart from its question; they stand two to a row. */
  quotes: readonly number[]
  perLine: number
}

/** The least a quotation takes: its question, and two lines of the answer. */
const LEAST = 3

/** What of the patient's words is printed into so many lines. */
export function planOf(ask: string, quotes: readonly string[], room: number): Plan {
  const perLine = quotes.length === 1 ? FULL : HALF
  const lines = quotes.map((text) => linesOf(text, perLine))
  const needs = lines.flatMap((line, place) => (place % 2 ? [] : [Math.max(line, lines[place + 1] ?? 0) + 1]))
  const asked = ask ? linesOf(ask, FULL) : 0
  const [forAsk = 0, forQuotes = 0] = shared([asked, needs.reduce((sum, need) => sum + need, 0)], room)
  const given = printedRows(needs, forQuotes)
  return {
    ask: Math.max(1, given.length ? forAsk : Math.min(asked, room)),
    quotes: lines.flatMap((_, place) => (given[place >> 1] ? [given[place >> 1]! - 1] : [])),
    perLine,
  }
}

/** As many rows as get the least that is worth printing. */
function printedRows(needs: readonly number[], lines: number): number[] {
  const given = shared(needs, lines)
  if (given.every((row, place) => row >= Math.min(needs[place]!, LEAST))) return given
  return printedRows(needs.slice(0, -1), lines)
}
