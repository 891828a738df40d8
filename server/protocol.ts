// The wire contract between server, element and dashboard: HTTP bodies, Socket.IO event maps, the status list.
// Nothing is imported from outside of it, on purpose, so that both sides and other projects can read it as it is.

export * from './protocol/deliveries.ts'
export * from './protocol/embed.ts'
export * from './protocol/errors.ts'
export * from './protocol/exports.ts'
export * from './protocol/operators.ts'
export * from './protocol/receipts.ts'
export * from './protocol/sandbox.ts'
export * from './protocol/search.ts'
export * from './protocol/sockets.ts'
export * from './protocol/statistics.ts'
export * from './protocol/status-webhook.ts'
export * from './protocol/user-page.ts'
export * from './protocol/verification.ts'
export * from './protocol/visitor.ts'
