// A placeholder in the form openapi-typescript writes; `make api` replaces it.
export interface paths {
  "/api/v1/registration": {
    get: { parameters: { query?: never; path?: never; }; requestBody?: never; responses: { 200: { content: { "application/json": { mode: "open" | "invitation" | "closed" } } } } }
  }
  "/api/v1/passphrases": {
    post: { parameters: { query?: never; path?: never; }; requestBody?: never; responses: { 200: { content: { "application/json": { passphrase: string } } } } }
  }
  "/api/v1/accounts": {
    post: { parameters: { query?: never; path?: never; }; requestBody: { content: { "application/json": { login_name: string; password: string; invitation?: string } } }; responses: { 201: { content: { "application/json": components["schemas"]["NewAccount"] } } } }
  }
  "/api/v1/sign-ins": {
    post: { parameters: { query?: never; path?: never; }; requestBody: { content: { "application/json": { login_name: string; password: string } } }; responses: { 201: { content: { "application/json": components["schemas"]["SignedIn"] } } } }
    get: { parameters: { query?: never; path?: never; }; requestBody?: never; responses: { 200: { content: { "application/json": { sign_ins: components["schemas"]["SignIn"][] } } } } }
    delete: { parameters: { query?: never; path?: never; }; requestBody?: never; responses: { 204: { content?: never } } }
  }
  "/api/v1/sign-ins/{sign_in_id}": {
    delete: { parameters: { query?: never; path: { sign_in_id: string }; }; requestBody?: never; responses: { 204: { content?: never } } }
  }
  "/api/v1/sign-ins/current": {
    delete: { parameters: { query?: never; path?: never; }; requestBody?: never; responses: { 204: { content?: never } } }
  }
  "/api/v1/step-up": {
    post: { parameters: { query?: never; path?: never; }; requestBody: { content: { "application/json": { password: string } } }; responses: { 200: { content: { "application/json": { stepped_up_until: string } } } } }
  }
  "/api/v1/account": {
    get: { parameters: { query?: never; path?: never; }; requestBody?: never; responses: { 200: { content: { "application/json": components["schemas"]["Account"] } } } }
    delete: { parameters: { query?: never; path?: never; }; requestBody?: never; responses: { 204: { content?: never } } }
  }
  "/api/v1/account/password": {
    put: { parameters: { query?: never; path?: never; }; requestBody: { content: { "application/json": { current_password: string; new_password: string } } }; responses: { 204: { content?: never } } }
  }
  "/api/v1/account/recovery-code": {
    post: { parameters: { query?: never; path?: never; }; requestBody?: never; responses: { 201: { content: { "application/json": { recovery_code: string } } } } }
  }
  "/api/v1/account/recovery-code/confirmation": {
    post: { parameters: { query?: never; path?: never; }; requestBody?: never; responses: { 204: { content?: never } } }
  }
  "/api/v1/recovery": {
    post: { parameters: { query?: never; path?: never; }; requestBody: { content: { "application/json": { login_name: string; recovery_code: string; new_password: string } } }; responses: { 201: { content: { "application/json": components["schemas"]["NewAccount"] } } } }
  }
  "/api/v1/settings": {
    get: { parameters: { query?: never; path?: never; }; requestBody?: never; responses: { 200: { content: { "application/json": components["schemas"]["Settings"] } } } }
    put: { parameters: { query?: never; path?: never; }; requestBody: { content: { "application/json": components["schemas"]["Settings"] } }; responses: { 200: { content: { "application/json": components["schemas"]["Settings"] } } } }
  }
  "/api/v1/courses": {
    get: { parameters: { query?: { limit?: number; cursor?: string }; path?: never; }; requestBody?: never; responses: { 200: { content: { "application/json": components["schemas"]["CoursePage"] } } } }
  }
  "/api/v1/courses/{row_id}": {
    get: { parameters: { query?: never; path: { row_id: string }; }; requestBody?: never; responses: { 200: { content: { "application/json": components["schemas"]["Course"] } } } }
    put: { parameters: { query?: never; path: { row_id: string }; }; requestBody: { content: { "application/json": components["schemas"]["CourseDraft"] } }; responses: { 200: { content: { "application/json": components["schemas"]["Course"] } } } }
    delete: { parameters: { query?: never; path: { row_id: string }; }; requestBody?: never; responses: { 204: { content?: never } } }
  }
  "/api/v1/sessions": {
    get: { parameters: { query?: { limit?: number; cursor?: string }; path?: never; }; requestBody?: never; responses: { 200: { content: { "application/json": components["schemas"]["DosingSessionPage"] } } } }
  }
  "/api/v1/sessions/{row_id}": {
    get: { parameters: { query?: never; path: { row_id: string }; }; requestBody?: never; responses: { 200: { content: { "application/json": components["schemas"]["DosingSession"] } } } }
    put: { parameters: { query?: never; path: { row_id: string }; }; requestBody: { content: { "application/json": components["schemas"]["SessionDraft"] } }; responses: { 200: { content: { "application/json": components["schemas"]["DosingSession"] } } } }
    delete: { parameters: { query?: never; path: { row_id: string }; }; requestBody?: never; responses: { 204: { content?: never } } }
  }
  "/api/v1/sessions/{row_id}/notes/{note_id}": {
    put: { parameters: { query?: never; path: { row_id: string; note_id: string }; }; requestBody: { content: { "application/json": { written_at: string; text: string } } }; responses: { 200: { content: { "application/json": components["schemas"]["DosingSession"] } } } }
  }
  "/api/v1/check-ins": {
    get: { parameters: { query?: { limit?: number; cursor?: string; session?: string }; path?: never; }; requestBody?: never; responses: { 200: { content: { "application/json": components["schemas"]["CheckInPage"] } } } }
  }
  "/api/v1/check-ins/{row_id}": {
    get: { parameters: { query?: never; path: { row_id: string }; }; requestBody?: never; responses: { 200: { content: { "application/json": components["schemas"]["CheckIn"] } } } }
    put: { parameters: { query?: never; path: { row_id: string }; }; requestBody: { content: { "application/json": components["schemas"]["CheckInDraft"] } }; responses: { 200: { content: { "application/json": components["schemas"]["CheckIn"] } } } }
    delete: { parameters: { query?: never; path: { row_id: string }; }; requestBody?: never; responses: { 204: { content?: never } } }
  }
  "/api/v1/check-ins/{row_id}/notes/{note_id}": {
    put: { parameters: { query?: never; path: { row_id: string; note_id: string }; }; requestBody: { content: { "application/json": { written_at: string; text: string } } }; responses: { 200: { content: { "application/json": components["schemas"]["CheckIn"] } } } }
  }
  "/api/v1/additions": {
    get: { parameters: { query?: { limit?: number; cursor?: string }; path?: never; }; requestBody?: never; responses: { 200: { content: { "application/json": components["schemas"]["AdditionPage"] } } } }
  }
  "/api/v1/additions/{row_id}": {
    get: { parameters: { query?: never; path: { row_id: string }; }; requestBody?: never; responses: { 200: { content: { "application/json": components["schemas"]["Addition"] } } } }
    put: { parameters: { query?: never; path: { row_id: string }; }; requestBody: { content: { "application/json": components["schemas"]["AdditionDraft"] } }; responses: { 200: { content: { "application/json": components["schemas"]["Addition"] } } } }
    delete: { parameters: { query?: never; path: { row_id: string }; }; requestBody?: never; responses: { 204: { content?: never } } }
  }
  "/api/v1/today": {
    get: { parameters: { query?: never; path?: never; }; requestBody?: never; responses: { 200: { content: { "application/json": components["schemas"]["Today"] } } } }
  }
  "/api/v1/trends": {
    get: { parameters: { query?: never; path?: never; }; requestBody?: never; responses: { 200: { content: { "application/json": components["schemas"]["Trends"] } } } }
  }
  "/api/v1/trends/comparison": {
    get: { parameters: { query: { first: string; second: string }; path?: never; }; requestBody?: never; responses: { 200: { content: { "application/json": components["schemas"]["Comparison"] } } } }
  }
}
export interface components {
  schemas: {
    Account: { id: string; login_name: string; role: string; recovery_code_confirmed: boolean; stepped_up_until?: string; signed_in_until: string }
    NewAccount: { account: components["schemas"]["Account"]; recovery_code: string }
    SignedIn: { account: components["schemas"]["Account"] }
    SignIn: { id: string; current: boolean; device?: string; signed_in_at: string; last_seen_at: string; expires_at: string }
    Contact: { name?: string; phone?: string }
    Settings: { time_zone?: string; region?: string; own_contact?: components["schemas"]["Contact"]; clinic?: components["schemas"]["Contact"]; usual_route?: string; usual_place?: string; evening_at?: string }
    Note: { id: string; written_at: string; text: string }
    Dose: { amount?: number; unit: string }
    BloodPressure: { systolic: number; diastolic: number; told_by_staff?: string; at?: string }
    CourseRatings: { planned_sessions?: number; started_on?: string }
    CourseStory: { name?: string; plan?: string }
    SessionRatings: { happened_at: string; time_zone: string; written_at: string; number?: number; route?: string; dose?: components["schemas"]["Dose"]; duration_min?: number; position?: string; setting?: string; staff_present?: string; antinausea_given?: string; dose_adjusted?: string; water?: string; rest?: string; blood_pressure?: components["schemas"]["BloodPressure"]; pulse?: number }
    SessionStory: { place?: string; staff_role?: string; note?: string; notes?: components["schemas"]["Note"][] }
    Detail: { intensity?: number; worst?: number; direction?: string[]; aspects?: string[]; where?: string[]; valence?: number; passed?: string }
    Instrument: { answers: (number | null)[]; difficulty?: number }
    CheckInRatings: { moment: string; happened_at: string; time_zone: string; written_at: string; finished?: boolean; answers?: { [key: string]: number | string }; noticed?: { [key: string]: components["schemas"]["Detail"] }; bothered?: { [key: string]: components["schemas"]["Detail"] }; none?: ("noticed" | "bothered")[]; emotions?: string[]; still_here?: string[]; instruments?: { [key: string]: components["schemas"]["Instrument"] } }
    CheckInStory: { texts?: { [key: string]: string }; notes?: components["schemas"]["Note"][] }
    AdditionRatings: { list: "noticed" | "bothered"; retired?: boolean }
    AdditionStory: { label: string }
    Step: { kind: "check_in" | "session"; session_id?: string; moment?: string; check_in_id?: string; opens_at?: string; closes_at?: string }
    SessionHead: { id: string; number: number; happened_at: string; time_zone?: string; route?: string }
    Superseded: { session_id: string; moment: string }
    InstrumentsDue: { phq8: boolean; gad7: boolean }
    Today: { now: string; next?: components["schemas"]["Step"]; open: components["schemas"]["Step"][]; later: components["schemas"]["Step"][]; superseded: components["schemas"]["Superseded"][]; session?: components["schemas"]["SessionHead"]; instruments_due: components["schemas"]["InstrumentsDue"]; unopened: number }
    Trends: { [key: string]: unknown }
    Comparison: { [key: string]: unknown }
    CourseDraft: { ratings: components["schemas"]["CourseRatings"]; story?: components["schemas"]["CourseStory"] }
    Course: { id: string; revision: number; opens?: boolean; ratings: components["schemas"]["CourseRatings"]; story?: components["schemas"]["CourseStory"] }
    CoursePage: { items: components["schemas"]["Course"][]; next?: string }
    SessionDraft: { course_id?: string; ratings: components["schemas"]["SessionRatings"]; story?: components["schemas"]["SessionStory"] }
    DosingSession: { id: string; revision: number; opens?: boolean; course_id?: string; ratings: components["schemas"]["SessionRatings"]; story?: components["schemas"]["SessionStory"] }
    DosingSessionPage: { items: components["schemas"]["DosingSession"][]; next?: string }
    CheckInDraft: { session_id?: string; ratings: components["schemas"]["CheckInRatings"]; story?: components["schemas"]["CheckInStory"] }
    CheckIn: { id: string; revision: number; opens?: boolean; session_id?: string; ratings: components["schemas"]["CheckInRatings"]; story?: components["schemas"]["CheckInStory"] }
    CheckInPage: { items: components["schemas"]["CheckIn"][]; next?: string }
    AdditionDraft: { ratings: components["schemas"]["AdditionRatings"]; story: components["schemas"]["AdditionStory"] }
    Addition: { id: string; revision: number; opens?: boolean; ratings: components["schemas"]["AdditionRatings"]; story: components["schemas"]["AdditionStory"] }
    AdditionPage: { items: components["schemas"]["Addition"][]; next?: string }
  }
}
