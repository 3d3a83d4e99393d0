import { serve } from '#lib/server/api/serve.ts'
import { tileSetEndpoint } from '#lib/server/ogc/tiles.ts'

export const { GET, fallback } = serve(tileSetEndpoint)
