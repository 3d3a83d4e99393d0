import { serveNothing } from '#lib/server/api/serve.ts'

export const { GET, fallback } = serveNothing('/ogc')
