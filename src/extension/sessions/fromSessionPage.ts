import * as z from 'zod/mini';
import type { FromSessionPage } from '../../protocol/sessionPage.ts';

const MESSAGE: z.ZodMiniType<FromSessionPage> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('export'), format: z.enum(['md', 'html']) }),
]);

/** Reads a message of the page, which is trusted with nothing. @returns `undefined` where it makes no sense */
export function parseFromSessionPage(message: unknown): FromSessionPage | undefined {
  return z.safeParse(MESSAGE, message).data;
}
