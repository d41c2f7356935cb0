# Makes an environment, which is a folder here, have a component as it was staged.
component=$1 environment=$2
staged=/tmp/promise-shop/staged/$component/$GIT_HASH
[ -d "$staged" ] || { echo "$component was not staged at $GIT_HASH"; exit 1; }
mkdir -p "$environment"
ln -sfn "$staged" "$environment/$component.new"
mv -T "$environment/$component.new" "$environment/$component"
