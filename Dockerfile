# Built in two stages: a static binary, then an image that holds nothing else.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /coachbot ./cmd/coachbot \
	&& mkdir /data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /coachbot /coachbot
COPY --from=build --chown=nonroot:nonroot /data /data
# The root file system may be read-only: the store is the only thing written.
VOLUME /data
ENV COACH_STORE=bolt:/data/coachbot.db COACH_HTTP_ADDR=:8080 COACH_LOG_FORMAT=json
EXPOSE 8080
USER nonroot
HEALTHCHECK --interval=30s --timeout=3s CMD ["/coachbot", "health"]
ENTRYPOINT ["/coachbot"]
CMD ["serve"]
