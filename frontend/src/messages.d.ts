/** Each area of "app" in the message file, by its name (scripts/messages.ts). A translation is one file. */
type App = typeof import('../../journal/content/messages/en.json')['app']

declare module 'messages/common' {
  const words: App['common']
  export default words
}
declare module 'messages/welcome' {
  const words: App['welcome']
  export default words
}
declare module 'messages/accounts' {
  const words: App['accounts']
  export default words
}
declare module 'messages/settings' {
  const words: App['settings']
  export default words
}
declare module 'messages/help' {
  const words: App['help']
  export default words
}
declare module 'messages/today' {
  const words: App['today']
  export default words
}
declare module 'messages/deposits' {
  const words: App['deposits']
  export default words
}
declare module 'messages/checkin' {
  const words: App['checkin']
  export default words
}
declare module 'messages/here' {
  const words: App['here']
  export default words
}
declare module 'messages/sessions' {
  const words: App['sessions']
  export default words
}
declare module 'messages/rereading' {
  const words: App['rereading']
  export default words
}
declare module 'messages/sharing' {
  const words: App['sharing']
  export default words
}
declare module 'messages/export' {
  const words: App['export']
  export default words
}
declare module 'messages/reminders' {
  const words: App['reminders']
  export default words
}
declare module 'messages/trends' {
  const words: App['trends']
  export default words
}
declare module 'messages/desk' {
  const words: App['desk']
  export default words
}
