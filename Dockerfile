# Tags are pinned to versions. Whoever needs the same bytes each time adds the digests that their registry shows:
# FROM rust:1.90-slim-bookworm@sha256:…
FROM rust:1.90-slim-bookworm AS build
WORKDIR /source
COPY . .
RUN cargo install --locked --root /opt/caveat --path crates/cli

FROM debian:bookworm-slim
COPY --from=build /opt/caveat/bin/caveat /usr/local/bin/caveat
COPY LICENSE-APACHE LICENSE-MIT NOTICE /usr/share/doc/caveat/
# Nobody in particular: it reads the mounted project and writes where it is told.
USER 65532:65532
WORKDIR /project
ENTRYPOINT ["caveat"]
CMD ["check"]
