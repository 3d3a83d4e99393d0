import { serve } from '#lib/server/api/serve.ts'
import { indicatorsEndpoint } from '#lib/server/api/indicators.ts'

export const { GET, fallback } = serve(indicatorsEndpoint)
