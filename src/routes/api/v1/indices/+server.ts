import { serve } from '#lib/server/api/serve.ts'
import { indicesEndpoint } from '#lib/server/api/indicators.ts'

export const { GET, fallback } = serve(indicesEndpoint)
