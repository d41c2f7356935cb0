// Two changes of prices-api: one goes to production, the other breaks orders-api and does not.
def commits = worker(job: 'shop-repository').data
def told = parallel(
    failFast: true,
    // The shop's two environments, for as long as this day lasts.
    servers: { worker job: 'shop-servers' },
    day: {
        try {
            return day(commits)
        } finally {
            worker job: 'shop-closes'
        }
    }
).day
report reason: "prices-api ${commits.better.take(7)} went to production; ${told.why}", data: told

def day(commits) {
    // In the beginning everything goes at once.
    phase('build the shop') {
        worker job: 'prices-api-build-test-stage', inputs: [GIT_HASH: commits.first]
        worker job: 'orders-api-build-test-stage', inputs: [GIT_HASH: commits.first]
        worker job: 'web-build-test-stage', inputs: [GIT_HASH: commits.first]
    }
    def first = worker job: 'integrate', inputs: [
        PRICES_API_GIT_HASH: commits.first,
        ORDERS_API_GIT_HASH: commits.first,
        WEB_GIT_HASH: commits.first,
    ]
    worker job: 'production-release', inputs: [MANIFEST: first.data.manifest]

    // Names of products may be written in any way: who depends on prices-api is tested with it, and only it is built.
    worker job: 'prices-api-build-test-stage', inputs: [GIT_HASH: commits.better]
    def better = worker job: 'integrate', inputs: [PRICES_API_GIT_HASH: commits.better]
    worker job: 'production-release', inputs: [MANIFEST: better.data.manifest]

    // Prices in dollars: its own tests are right, and orders-api counts cents.
    worker job: 'prices-api-build-test-stage', inputs: [GIT_HASH: commits.breaking]
    def breaking = worker job: 'integrate', optional: true, inputs: [PRICES_API_GIT_HASH: commits.breaking]
    if (breaking.status == 'SUCCESS') {
        error 'a change that breaks orders-api was taken'
    }
    return [production: better.data.manifest, broke: breaking.data?.broke, why: breaking.reason]
}
