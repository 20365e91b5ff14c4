#!/bin/bash
# Proves the container's recipe where there is no container engine: runs the steps of
# docker/Dockerfile, as they stand there, in Debian 12 roots made by debootstrap; then starts the
# result as the image would be (user, environment, read-only root, no capabilities, the volume alone
# to write to), and docker/nginx.conf for real in front of it, and asks both from outside.
# As root, on Debian.
#
#   docker/prove.sh [FOLDER]    FOLDER holds the roots and stays; a temporary one is removed.
#                               PORT=18300 takes that and the next two.
set -euo pipefail
cd "$(dirname "$0")/.."

PORT=${PORT:-18300}
tls_port=$((PORT + 1))
plain_port=$((PORT + 2))
failed=0
proxy=
started=()

if [ $# -gt 0 ]; then
  mkdir -p "$1"
  work=$(realpath "$1")
else
  work=$(mktemp -d)
fi

# unshare ignores SIGTERM while it waits for the process it started: that one is asked.
stop() {
  local pid
  pid=$(pgrep -P "$1" | head -n 1) || true
  kill -TERM "${pid:-$1}" 2>/dev/null || true
}

end() {
  for pid in "${started[@]}"; do stop "$pid"; done
  [ -z "$proxy" ] || kill -TERM "$proxy" 2>/dev/null || true
  for pid in "${started[@]}" $proxy; do wait "$pid" 2>/dev/null || true; done
  for root in "$work"/stage.*; do
    # shellcheck disable=SC2015 # either may be absent
    mountpoint -q "$root/proc" && umount "$root/proc" || true
  done
  [ $# -gt 0 ] || rm -rf "$work"
}
trap 'end "$@"' EXIT

[ "$(id -u)" = 0 ] || { echo "docker/prove.sh: needs root for chroot" >&2; exit 2; }
tools/deps container proxy

# The mirror this machine uses.
mirror() {
  sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/*.sources 2>/dev/null |
    awk '{ print $1; exit }' | grep . ||
    awk '$1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /:\/\//) { print $i; exit } }' \
      /etc/apt/sources.list
}

# --- the recipe

base=$work/base
if [ ! -e "$base/made" ]; then
  echo "== a Debian 12 root"
  rm -rf "$base"
  debootstrap --variant=minbase bookworm "$base" "$(mirror)" >"$work/debootstrap.log" 2>&1 || {
    tail "$work/debootstrap.log"
    exit 1
  }
  touch "$base/made"
fi

# What a build would be given: the tree without what is ignored.
context=$work/context
rm -rf "$context" "$work"/stage.*
mkdir -p "$context"
git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' f; do
  if [ -e "$f" ]; then printf '%s\0' "$f"; fi
done | tar --null -cf - -T - | tar -xf - -C "$context"

# Of the stage being built; of the last one in the end.
root='' workdir=/ user=root entrypoint='' cmd='' health='' volume='' stages=0
declare -A stage_roots arguments
environment=()

in_root() {
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  mount -t proc proc "$root/proc"
  local status=0 path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  # shellcheck disable=SC2016 # expanded in the root
  chroot "$root" env -i "PATH=$path" "${environment[@]}" \
    sh -c 'cd "$0" && sh -c "$1"' "$workdir" "$1" </dev/null || status=$?
  umount "$root/proc"
  return $status
}

copy() {
  local from=$context words=("$@") to sources s
  if [[ ${words[0]} == --from=* ]]; then
    from=${stage_roots[${words[0]#--from=}]}
    words=("${words[@]:1}")
  fi
  to=${words[-1]}
  sources=("${words[@]:0:${#words[@]}-1}")
  [[ $to == /* ]] || to=$workdir/$to
  for s in "${sources[@]}"; do
    if [ -d "$from/$s" ]; then
      mkdir -p "$root/$to"
      cp -a "$from/$s/." "$root/$to/"
    elif [[ $to == */ ]]; then
      install -d "$root/$to"
      cp -a "$from/$s" "$root/$to"
    else
      install -d "$root/$(dirname "$to")"
      cp -a "$from/$s" "$root/$to"
    fi
  done
}

# shellcheck disable=SC2086,SC2206 # COPY and ENV take words without spaces
step() {
  local word=$1 rest=$2 name
  case $word in
  ARG) arguments[${rest%%=*}]=${rest#*=} ;;
  FROM)
    for name in "${!arguments[@]}"; do rest=${rest//"\${$name}"/${arguments[$name]}}; done
    stages=$((stages + 1))
    root=$work/stage.$stages
    [[ $rest == "debian:12-slim"* ]] || { echo "unknown base: $rest" >&2; exit 2; }
    cp -a "$base" "$root"
    workdir=/ user=root environment=()
    if [[ $rest == *" AS "* ]]; then stage_roots[${rest##* AS }]=$root; fi
    ;;
  WORKDIR)
    workdir=$rest
    mkdir -p "$root/$workdir"
    ;;
  COPY) copy $rest ;;
  RUN)
    in_root "$rest" >"$work/run.log" 2>&1 || {
      cat "$work/run.log"
      echo "failed: RUN $rest" >&2
      exit 1
    }
    tail -n 3 "$work/run.log" | sed 's/^/      | /'
    ;;
  ENV) environment+=($rest) ;;
  USER) user=$rest ;;
  VOLUME) volume=$rest ;;
  ENTRYPOINT) entrypoint=$rest ;;
  HEALTHCHECK) health=${rest#*CMD } ;;
  CMD) cmd=$rest ;;
  EXPOSE | STOPSIGNAL) ;;
  *)
    echo "docker/prove.sh does not know $word" >&2
    exit 2
    ;;
  esac
}

echo "== the steps of docker/Dockerfile"
while IFS= read -r line; do
  echo "   $line"
  step "${line%% *}" "${line#* }"
done < <(awk '/^[ \t]*(#|$)/ { next }
  { sub(/^[ \t]+/, ""); more = sub(/[ \t]*\\$/, " "); printf "%s%s", $0, more ? "" : "\n" }' \
  docker/Dockerfile)
megabytes() {
  du -sm --exclude=proc "$1" | cut -f1
}
echo "   image: $(megabytes "$root") MB, the base alone $(megabytes "$base") MB"

# --- as it would run

# shellcheck disable=SC2053 # $want is a pattern
check() {
  local what=$1 want=$2 got=$3
  if [[ $got == $want ]]; then
    printf 'ok    %-66s %s\n' "$what" "${got:0:60}"
  else
    printf 'FAIL  %s: got "%s", want "%s"\n' "$what" "$got" "$want"
    failed=$((failed + 1))
  fi
}

# ["a", "b"] as words
words() {
  tr -d '[],"' <<<"$1"
}

data=$work/data
rm -rf "$data"
cp -a "$root$volume" "$data" # as an engine fills a fresh volume
token=$(openssl rand -hex 32)
digest=$(printf %s "$token" | sha256sum | cut -d' ' -f1)
running=("${environment[@]}" "DEMARCHE_LISTEN=127.0.0.1:$PORT"
  "DEMARCHE_TOKENS=admin sha256:$digest"
  DEMARCHE_BASE_PATH=/demarche DEMARCHE_TRUSTED_PROXIES=127.0.0.1 DEMARCHE_GZIP=off)

# Runs a command as a container would: its root read-only, the volume and /tmp mounted, the user
# without any capability.
# shellcheck disable=SC2016 # expanded inside
contained='root=$1 data=$2 volume=$3 ids=$4; shift 4
  mount --bind "$root" "$root" && mount -t proc proc "$root/proc" &&
  mount -t tmpfs -o size=64m tmpfs "$root/tmp" &&
  mount --bind "$data" "$root$volume" && mount -o remount,bind,ro "$root" &&
  exec chroot "$root" setpriv --reuid="${ids%:*}" --regid="${ids#*:}" --clear-groups \
    --no-new-privs --inh-caps=-all --bounding-set=-all env -i PATH=/usr/bin:/bin "$@"'
contain() {
  exec unshare --mount --pid --fork --kill-child=SIGTERM \
    sh -c "$contained" contained "$root" "$data" "$volume" "$user" "${running[@]}" "$@"
}

echo "== the service as user $user on a read-only root"
# shellcheck disable=SC2046 # words
(contain $(words "$entrypoint") $(words "$cmd")) >"$work/service.log" 2>&1 &
service=$!
started+=("$service")
# shellcheck disable=SC2046 # words
for _ in $(seq 50); do
  if (contain $(words "$health")) >/dev/null 2>&1; then break; fi
  sleep 0.2
done
status=0
# shellcheck disable=SC2046 # words
(contain $(words "$health")) >"$work/health.log" 2>&1 || status=$?
check "HEALTHCHECK $(words "$health"): status" 0 $status
check "/readyz" ready "$(curl -s "http://127.0.0.1:$PORT/demarche/readyz")"
status=0
(contain sh -c 'touch /x 2>/dev/null || touch /usr/x 2>/dev/null') || status=$?
check "writing outside the volume: status" 1 $status
check "capabilities" 0000000000000000 \
  "$( (contain cat /proc/self/status) | awk '/^CapEff/ { print $2 }')"
check "no compiler in the image" "" "$(chroot "$root" sh -c 'command -v gcc make' || true)"

# --- the proxy

echo "== nginx with docker/nginx.conf in front"
mkdir -p "$work/run" "$work/tmp"
sed -e "s#demarche:8080#127.0.0.1:$PORT#; s#/dev/stdout#$work/nginx.log#" \
  -e "s#/tmp/#$work/tmp/#; s#/run/#$work/run/#" \
  -e "s#listen 8443#listen 127.0.0.1:$tls_port#; s#listen 8080#listen 127.0.0.1:$plain_port#" \
  -e "s#8443#$tls_port#" docker/nginx.conf >"$work/nginx.conf"
# The start script as it stands, in a folder of its own.
sed -e "s#/run/tls#$work/run/tls#g; s#/etc/demarche/tls#$work/no-tls#g" \
  -e "s#exec nginx#exec nginx -c $work/nginx.conf#" docker/proxy/start.sh >"$work/start.sh"
sh "$work/start.sh" >"$work/start.log" 2>&1 &
proxy=$!
for _ in $(seq 50); do
  if [ -s "$work/run/nginx.pid" ]; then break; fi
  sleep 0.1
done
check "nginx -t" "*test is successful" "$(nginx -t -c "$work/nginx.conf" 2>&1 | tail -n 1)"

front=https://localhost:$tls_port
# Never fails by itself: what comes back is checked.
ask() {
  curl -s --max-time 20 --cacert "$work/run/tls/cert.pem" \
    -H "Authorization: Bearer $token" "$@" || true
}
code='%{http_code}'
check "TLS with the certificate's own name" ready "$(ask "$front/demarche/readyz")"
check "TLS version" "TLSv1.3" \
  "$(ask -v "$front/demarche/readyz" 2>&1 | sed -n 's/.*SSL connection using \([^ ]*\).*/\1/p')"
check "plain HTTP goes to TLS" "308 https://localhost:$tls_port/demarche/" \
  "$(curl -s -o /dev/null -w "$code %{redirect_url}" "http://localhost:$plain_port/demarche/")"
check "/demarche goes to /demarche/" "308 $front/demarche/" \
  "$(ask -o /dev/null -w "$code %{redirect_url}" "$front/demarche")"
check "the service's root under the base path" 200 \
  "$(ask -o /dev/null -w "$code" "$front/demarche/")"
check "outside the base path" 404 "$(ask -o /dev/null -w "$code" "$front/")"
check "metrics stay inside" 404 "$(ask -o /dev/null -w "$code" "$front/demarche/metrics")"
check "without a token" 401 "$(curl -sk -o /dev/null -w "$code" "$front/demarche/v1/articles")"

articles=$front/demarche/v1/articles
text='Chinese Foreign Minister Wang Yi met reporters in Geneva. \u201cOur core interests are facing'
text+=' challenges,\u201d Mr. Wang said on Friday.'
article='{"title":"Ministers meet","published_at":"2024-04-26","text":"'$text'"}'
post=(-H 'Content-Type: application/json' --data-binary)
check "an article" 201 "$(ask -o "$work/answer" -w "$code" "${post[@]}" "$article" "$articles")"
check "again" 200 "$(ask -o /dev/null -w "$code" "${post[@]}" "$article" "$articles")"
question='q=all statements by Wang Yi about core interests'
check "the question" '*core interests are facing challenges*' \
  "$(ask -G --data-urlencode "$question" "$front/demarche/v1/query")"
check "gzip" gzip \
  "$(ask -o /dev/null -D - -H 'Accept-Encoding: gzip' "$front/demarche/openapi.yaml" |
    tr -d '\r' | awk 'tolower($1) == "content-encoding:" { print $2 }')"

head -c $((8 * 1024 * 1024 + 1)) /dev/zero | tr '\0' 'a' >"$work/large"
check "a body over 8 MiB" "413 application/problem+json" \
  "$(ask -o /dev/null -w "$code %{content_type}" "${post[@]}" "@$work/large" "$articles")"
check "a body of 8 MiB passes the proxy (and is no JSON)" 400 \
  "$(head -c $((8 * 1024 * 1024)) "$work/large" |
    ask -o /dev/null -w "$code" "${post[@]}" @- "$articles")"

ask -o /dev/null --interface 127.0.0.2 -H 'X-Forwarded-For: 203.0.113.9' \
  --resolve "localhost:$tls_port:127.0.0.1" "$front/demarche/v1/issues?limit=1"
sleep 0.5
line=$(grep '/v1/issues' "$work/service.log" | tail -n 1) || true
check "the client's address in the service's log, not what it claims" '*127.0.0.2*' "$line"
id=$(grep '/v1/issues' "$work/nginx.log" | tail -n 1 | awk '{ print $NF }')
check "the proxy's request id in both logs" "*$id*" "$line"

# --- the end

echo "== SIGTERM"
status=0
stop "$service"
wait "$service" || status=$?
check "exit status after SIGTERM" 0 $status
check "the proxy without its service" "503 application/problem+json" \
  "$(ask -o /dev/null -w "$code %{content_type}" "$front/demarche/readyz")"
check "the database is whole" 0 \
  "$( (contain /usr/bin/demarche check >/dev/null 2>&1) && echo 0 || echo $?)"
if [ $failed -gt 0 ]; then
  echo "-- the service's log"
  tail -n 20 "$work/service.log"
  echo "-- the proxy's"
  tail -n 20 "$work/start.log"
fi
echo "== $failed failed"
[ $failed -eq 0 ]
