import { serve } from '#lib/server/api/serve.ts'
import { indexEndpoint } from '#lib/server/api/endpoints.ts'

export const { GET, fallback } = serve(indexEndpoint)
