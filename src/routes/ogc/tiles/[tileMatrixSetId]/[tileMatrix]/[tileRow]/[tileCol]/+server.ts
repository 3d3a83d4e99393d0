import { serve } from '#lib/server/api/serve.ts'
import { tileEndpoint } from '#lib/server/ogc/tiles.ts'

export const { GET, fallback } = serve(tileEndpoint)
