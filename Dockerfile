# Build: all dependencies, compile to plain JavaScript.
FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json tsconfig.json ./
RUN npm ci --ignore-scripts
COPY src ./src
RUN npm run build && npm prune --omit=dev --ignore-scripts

# Run: no compiler, no shell scripts, no root. The root file system can be read-only.
FROM node:22-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json ./
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/dist ./dist
RUN install -d -o node -g node -m 0700 /app/data
USER node
VOLUME /app/data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "dist/main.js", "health", "--data", "/app/data"]
# Small young generations: a third of the memory under load, for a few more short collections.
ENTRYPOINT ["node", "--max-semi-space-size=4", "--heap-growing-percent=30", "dist/main.js"]
CMD ["--config", "/app/config/config.yaml"]
