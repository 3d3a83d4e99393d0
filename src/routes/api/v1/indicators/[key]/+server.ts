import { serve } from '#lib/server/api/serve.ts'
import { indicatorEndpoint } from '#lib/server/api/indicators.ts'

export const { GET, fallback } = serve(indicatorEndpoint)
