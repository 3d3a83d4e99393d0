import { serve } from '#lib/server/api/serve.ts'
import { descriptionEndpoint } from '#lib/server/api/endpoints.ts'

export const { GET, fallback } = serve(descriptionEndpoint)
