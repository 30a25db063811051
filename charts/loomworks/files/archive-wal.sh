#!/bin/sh
# archive_command of PostgreSQL: archive-wal.sh PATH NAME
# Copies one finished WAL segment into the archive volume and drops segments older than the retention.
set -eu

path=$1
name=$2
target="$WAL_ARCHIVE_DIR/$name"

# After a crash PostgreSQL may hand over a segment twice: fine if it is the same, an error if it is not.
if [ -e "$target" ]; then
  exec cmp -s "$path" "$target"
fi

cp "$path" "$target.partial"
sync "$target.partial"
mv "$target.partial" "$target"
find "$WAL_ARCHIVE_DIR" -maxdepth 1 -type f -mtime "+$WAL_RETENTION_DAYS" -delete
