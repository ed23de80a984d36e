/** Small drawings of our own. Each stands beside a word, so none has a name of its own. */

const DRAWINGS = {
  back: 'M14.5 5.5 8 12l6.5 6.5',
  on: 'M9.5 5.5 16 12l-6.5 6.5',
  help: 'M4 12a8 8 0 1 0 16 0 8 8 0 1 0-16 0M12 8.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 1 0 0-6.8M6.4 6.4l3.2 3.2M14.4 14.4l3.2 3.2M17.6 6.4l-3.2 3.2M9.6 14.4l-3.2 3.2',
  today:
    'M3 17.5c2 0 2-1.3 4-1.3s2 1.3 4 1.3 2-1.3 4-1.3 2 1.3 4 1.3M7 12.5a5 5 0 0 1 10 0M12 3.5v2M4.6 7.2l1.4 1.2M19.4 7.2 18 8.4',
  sessions:
    'M4 7c2 0 2-1.5 4-1.5S10 7 12 7s2-1.5 4-1.5S18 7 20 7M4 12.7c2 0 2-1.5 4-1.5s2 1.5 4 1.5 2-1.5 4-1.5 2 1.5 4 1.5M4 18.4c2 0 2-1.5 4-1.5s2 1.5 4 1.5 2-1.5 4-1.5 2 1.5 4 1.5',
  trends: 'M4 19h16M4 14.5c3 0 3.5-8 6.5-8s3 5 5 5 2-2 4.5-2',
  settings:
    'M4 7h9M17 7h3M4 12h3M11 12h9M4 17h11M19 17h1M13 7a2 2 0 1 0 4 0 2 2 0 1 0-4 0M7 12a2 2 0 1 0 4 0 2 2 0 1 0-4 0M15 17a2 2 0 1 0 4 0 2 2 0 1 0-4 0',
  desk: 'M5 6.5h4M15 6.5h4v13H5v-13M9 4.5h6v4H9zM8.5 12h7M8.5 15.5h5',
  add: 'M12 5v14M5 12h14',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  attention: 'M12 4.5 3.5 19h17zM12 10v4M12 16.6v.1',
  word: 'M4 12a8 8 0 1 0 16 0 8 8 0 1 0-16 0M12 11.5V16M12 8v.1',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M9.2 12a2.8 2.8 0 1 0 5.6 0 2.8 2.8 0 1 0-5.6 0',
  save: 'M12 4v11M7.5 11 12 15.5 16.5 11M5 19.5h14',
  print: 'M7 9V4h10v5M7 17H4v-6.5A1.5 1.5 0 0 1 5.5 9h13a1.5 1.5 0 0 1 1.5 1.5V17h-3M7 14h10v6H7z',
  call: 'M6 3.8h3l1.6 4.2-2 1.5a11 11 0 0 0 5.9 5.9l1.5-2 4.2 1.6v3c0 1.1-.9 2-2 2A14.2 14.2 0 0 1 4 5.8c0-1.1.9-2 2-2z',
  message: 'M4.5 5.5h15v10.5h-8L7 20v-4H4.5zM8.5 9.5h7M8.5 12.5h4',
  write: 'M4.5 19.5h4L19.5 8.5l-4-4-11 11zM13 7l4 4',
  dice: 'M5 5h14v14H5zM9 9v.1M15 9v.1M12 12v.1M9 15v.1M15 15v.1',
  table: 'M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14',
} as const

export type IconName = keyof typeof DRAWINGS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={DRAWINGS[name]} />
    </svg>
  )
}
