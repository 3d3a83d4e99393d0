import { serve } from '#lib/server/api/serve.ts'
import { tileMatrixSetEndpoint } from '#lib/server/ogc/tiles.ts'

export const { GET, fallback } = serve(tileMatrixSetEndpoint)
