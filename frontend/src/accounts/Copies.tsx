import words from 'messages/accounts'
import { download } from '../app/download.ts'
import { Button, Notice } from '../elements/index.ts'

interface Copied {
  /** Whose it is: above it, on paper and in the file. */
  title: string
  code: string
  file: string
  lost: string
}

/** Ways to keep what is told once, and what it means to lose it. */
export function Copies({ title, code, file, lost }: Copied) {
  return (
    <>
      <p class="only-printed">{title}</p>
      <div class="row not-printed">
        <Button icon="save" onClick={() => download(file, `${title}\n\n${code}\n`)}>
          {words.codeDownload}
        </Button>
        <Button icon="print" onClick={() => print()}>
          {words.codePrint}
        </Button>
      </div>
      <Notice still amber title={words.codeOnce}>
        {lost}
      </Notice>
    </>
  )
}
