#!/usr/bin/env bash
# Writes the same migration for both databases: migrations/add.sh NAME
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?usage: migrations/add.sh NAME}
dotnet tool restore > /dev/null
for provider in Sqlite SqlServer; do
  dotnet restore "migrations/$provider" --verbosity quiet
  dotnet ef migrations add "$name" --project "migrations/$provider" --startup-project "migrations/$provider"
done
