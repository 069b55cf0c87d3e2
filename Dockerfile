# An image for check and triage: errprobe and Node.js, without rights; nothing in it needs a shell.
FROM node:22-slim AS build
WORKDIR /errprobe
COPY . .
RUN npm ci && npm pack --ignore-scripts --pack-destination /tmp && mkdir /app && cd /app && npm init -y > /dev/null \
  && npm install --omit=dev --no-audit --no-fund /tmp/errprobe-*.tgz

FROM node:22-slim
COPY --from=build /app/node_modules/errprobe /errprobe
USER node
WORKDIR /work
ENTRYPOINT ["node", "/errprobe/bin/errprobe.js"]
CMD ["--help"]
