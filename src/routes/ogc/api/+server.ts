import { serve } from '#lib/server/api/serve.ts'
import { apiEndpoint } from '#lib/server/ogc/endpoints.ts'

export const { GET, fallback } = serve(apiEndpoint)
