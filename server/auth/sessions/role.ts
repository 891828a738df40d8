/** `viewer` looks, with personal data masked; `admin` also reveals, replays, exports, and ends others' sessions. */
export type Role = 'admin' | 'viewer'
