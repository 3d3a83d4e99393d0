import { serve } from '#lib/server/api/serve.ts'
import { tileSetsEndpoint } from '#lib/server/ogc/tiles.ts'

export const { GET, fallback } = serve(tileSetsEndpoint)
