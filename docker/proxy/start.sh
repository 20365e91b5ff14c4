#!/bin/sh
# Starts nginx with the certificate of /etc/demarche/tls (cert.pem, key.pem), or, for a
# demonstration, with one that it signs itself.
set -eu
mkdir -p /run/tls
if [ -r /etc/demarche/tls/cert.pem ]; then
  cp /etc/demarche/tls/cert.pem /etc/demarche/tls/key.pem /run/tls/
else
  echo "No certificate in /etc/demarche/tls: signing one for localhost, which no client trusts" >&2
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 \
    -subj /CN=localhost -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" \
    -keyout /run/tls/key.pem -out /run/tls/cert.pem 2>/dev/null
fi
exec nginx -g "daemon off;"
