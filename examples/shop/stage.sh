# Puts what was built where releases take it from; whole or not at all.
component=$1
staged=/tmp/promise-shop/staged/$component
mkdir -p "$staged"
unfinished=$(mktemp -d "$staged/.XXXXXX")
cp -r build/. "$unfinished"
echo "$GIT_HASH" > "$unfinished/commit"
chmod 755 "$unfinished"
rm -rf "${staged:?}/$GIT_HASH"
mv "$unfinished" "$staged/$GIT_HASH"
