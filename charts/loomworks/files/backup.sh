# Base backup of the whole cluster: compressed, verified from what was written, then old ones removed.
set -eu -o pipefail

stamp=$(date -u +%Y%m%dT%H%M%SZ)
started=$(date +%s)
final="$BACKUP_DIR/$stamp"
partial="$BACKUP_DIR/$stamp.partial"
trap 'rm -rf "$partial" "$SCRATCH_DIR/verify"' EXIT

echo "backup $stamp: start"
pg_basebackup --pgdata="$partial" --label="loomworks-$stamp" --format=tar --wal-method=stream \
  --compress="gzip:$COMPRESSION_LEVEL" --checkpoint=fast --manifest-checksums=SHA256 --no-password

echo "backup $stamp: verify"
mkdir -p "$SCRATCH_DIR/verify/pg_wal"
tar --extract --gzip --file="$partial/base.tar.gz" --directory="$SCRATCH_DIR/verify"
tar --extract --gzip --file="$partial/pg_wal.tar.gz" --directory="$SCRATCH_DIR/verify/pg_wal"
cp "$partial/backup_manifest" "$SCRATCH_DIR/verify/"
pg_verifybackup --exit-on-error "$SCRATCH_DIR/verify"

(cd "$partial" && sha256sum -- * > SHA256SUMS)
printf '{"backup":"%s","server":"%s","bytes":%s,"seconds":%s,"verified":true}\n' \
  "$stamp" "$(pg_basebackup --version)" "$(du --bytes --summarize "$partial" | cut -f1)" \
  "$(($(date +%s) - started))" | tee "$partial/metadata.json"
mv "$partial" "$final"

echo "backup $stamp: remove backups older than $RETENTION_DAYS days"
find "$BACKUP_DIR" -mindepth 1 -maxdepth 1 -type d -name '2*Z' -mtime "+$RETENTION_DAYS" -print -exec rm -rf {} +
find "$BACKUP_DIR" -mindepth 1 -maxdepth 1 -type d -name '2*Z.partial' -mtime +1 -print -exec rm -rf {} +
echo "backup $stamp: done"
