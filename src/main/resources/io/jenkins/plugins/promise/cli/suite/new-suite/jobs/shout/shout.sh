set -euo pipefail
text=$(printf %s "$TEXT" | tr '[:lower:]' '[:upper:]' | sed 's/[\\"]/\\&/g')
printf '{"status": "SUCCESS", "data": {"text": "%s"}}' "$text" > report.json
