# Web, worker and migrations are one image; docker-compose.yml says which command runs.

FROM node:24-bookworm-slim AS build
WORKDIR /app
# The engine that prisma generate would download isn't needed (the client talks to PostgreSQL through pg).
ENV PRISMA_SCHEMA_ENGINE_BINARY=/bin/true NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm install
COPY . .
RUN npm run generate && npm run build && rm -rf .next/cache && npm prune --omit=dev

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 BLOB_DIR=/data/blobs
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/.next .next
COPY --from=build /app/app app
COPY --from=build /app/lib lib
COPY --from=build /app/messages messages
COPY --from=build /app/prisma prisma
COPY --from=build /app/public public
COPY --from=build /app/workers workers
COPY --from=build /app/next.config.ts /app/package.json ./
RUN mkdir -p /data/blobs && chown -R node:node /data
USER node
VOLUME /data/blobs
EXPOSE 3000
CMD ["node", "node_modules/next/dist/bin/next", "start", "-H", "0.0.0.0", "-p", "3000"]
