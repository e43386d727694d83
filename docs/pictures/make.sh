#!/usr/bin/env bash
# Takes the README's pictures from the demonstration community of a running forum: docs/pictures/make.sh [ADDRESS]
set -euo pipefail
cd "$(dirname "$0")"
address=${1:-http://localhost:5080}
topic=$(curl -s "$address/?filter=solved" | grep -o 'href="/t/[0-9]*/how-do-i-hand[^"]*"' | head -1 | cut -d'"' -f2)
for scheme in dark:0 light:1; do
  for page in "home:/" "topic:$topic"; do
    chromium --headless --no-sandbox --disable-gpu --disable-background-networking --hide-scrollbars --window-size=1280,900 \
      --blink-settings=preferredColorScheme="${scheme#*:}" --screenshot="${page%%:*}-${scheme%%:*}.png" "$address${page#*:}" > /dev/null 2>&1
  done
done
