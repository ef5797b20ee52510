import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { documentHeaders, documentPolicy } from '#app/_entry/headers.ts';

/**
 * Gives every document its nonce and headers. It decides nothing about who may see what: pages, routes and actions ask
 * for themselves. API routes stay out: they stream, and set their own headers (app/_entry/headers.ts).
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString('base64');
  const policy = documentPolicy(nonce, process.env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search);
  // Next reads the nonce for its own scripts out of the request's policy.
  headers.set('Content-Security-Policy', policy);
  return NextResponse.next({ request: { headers }, headers: documentHeaders(policy) });
}

// Prefetches stay in: a browser may show a prefetched document, and it would then have no policy.
export const config = { matcher: ['/((?!api/|_next/static/|_next/image).*)'] };
