import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { conflict, forbidden, invalid, isAppError, notFound, toProblem, unavailable } from '#lib/errors.ts';

afterEach(() => void vi.restoreAllMocks());

const thrown = (schema: z.ZodType, value: unknown): unknown => schema.safeParse(value).error;

describe('toProblem', () => {
  it.each([
    [notFound(), 404, 'NotFound'],
    [forbidden(), 403, 'Forbidden'],
    [invalid('textRequired', { n: 1 }, 'text'), 422, 'Invalid'],
    [conflict('claimLost', { winner: 'A' }), 409, 'Conflict'],
    [unavailable(), 503, 'Unavailable'],
  ])('maps the five errors to HTTP', (error, status, code) => {
    expect(isAppError(error)).toBe(true);
    const { reason, params, field } = error;
    expect(toProblem(error)).toEqual({ status, body: { error: { code, reason, params, ...(field && { field }) } } });
  });

  it('names the field that zod refused, and the reason the schema gave it', () => {
    const schema = z.object({ to: z.array(z.string().min(1, 'recipientRequired')), n: z.number().max(5) });
    const of = (value: unknown) => toProblem(thrown(schema, value)).body.error;
    expect(of({ to: [''], n: 1 })).toMatchObject({ code: 'Invalid', reason: 'recipientRequired', field: 'to.0' });
    expect(of({ to: [], n: 9 })).toMatchObject({ reason: 'tooLarge', params: { maximum: 5 }, field: 'n' });
    expect(of({ to: [] })).toMatchObject({ reason: 'required', field: 'n' });
    expect(of({ to: 'x', n: 1 })).toMatchObject({ reason: 'invalidValue', field: 'to' });
  });

  it.each([
    Object.assign(new Error('x'), { code: 'P2028' }),
    Object.assign(new Error('x'), { code: '57014' }),
    new Error('timeout exceeded when trying to connect'),
    ...['40P01', '57P01', '53100', '08006'].map((originalCode) =>
      Object.assign(new Error('Raw query failed'), {
        code: 'P2010',
        meta: { driverAdapterError: { cause: { originalCode } } },
      }),
    ),
  ])('takes a database that has no time as Unavailable', (error) => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect(toProblem(error)).toMatchObject({ status: 503, body: { error: { reason: 'busy' } } });
  });

  it('does not take bad data for a busy database', () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const meta = { driverAdapterError: { cause: { originalCode: '22P05' } } };
    expect(toProblem(Object.assign(new Error('Raw query failed'), { code: 'P2010', meta })).status).toBe(500);
  });

  it('tells nothing of an unknown error but the id under which it was logged', () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const { status, body } = toProblem(new TypeError('secret detail'));
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('secret detail');
    expect(body.error.id).toMatch(/^[0-9a-f]{8}$/);
    expect(String(write.mock.calls[0]?.[0])).toContain(body.error.id);
  });
});
