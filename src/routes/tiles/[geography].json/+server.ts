import { serve } from '#lib/server/api/serve.ts'
import { tileJsonEndpoint } from '#lib/server/ogc/tile-json.ts'

export const { GET, fallback } = serve(tileJsonEndpoint)
