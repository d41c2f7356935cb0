def candidate = [REPOSITORY: inputs.REPOSITORY, COMMIT: inputs.COMMIT]
def test = inputs.FARMS + '/qa-test'
def production = inputs.FARMS + '/qa-production'

def parts = phase('check') {
    worker job: 'qa-check', inputs: candidate
    worker job: 'qa-parts', inputs: candidate
}

// The same file that is released, under another name.
phase('make QA Test') {
    worker job: 'qa-farm-up', as: 'qa-test', inputs: candidate + [
        FILE: 'production.yaml', NAME: 'qa-test', ADDRESS: inputs.TEST_ADDRESS, FARM_HOME: test, ANEW: true,
    ]
}
def driven = phase('drive QA Test') {
    worker job: 'qa-drive', as: 'drive', inputs: candidate + [FARM_HOME: test]
}

def released = phase('release') {
    worker job: 'qa-farm-up', as: 'qa-production', inputs: candidate + [FILE: 'production.yaml', FARM_HOME: production]
}
def soaked = phase('soak') {
    worker job: 'qa-drive', as: 'soak', inputs: candidate + [FARM_HOME: production, COUNT: 3], optional: true
}
def before = released['qa-production'].data.before
if (soaked.soak.status == 'FAILURE') {
    if (before) {
        phase('go back') {
            worker job: 'qa-farm-up', as: 'before', inputs: [
                REPOSITORY: inputs.REPOSITORY, COMMIT: before, FILE: 'production.yaml', FARM_HOME: production,
            ]
        }
    }
    report status: 'FAILURE', data: [commit: inputs.COMMIT, before: before],
        reason: "QA Production did not do with it, and ${before ? 'is again what it was' : 'there is nothing to go back to'}: " +
            soaked.soak.reason
    return
}

phase('hand on') {
    worker job: 'qa-hand-on', inputs: candidate + [FARMS: inputs.FARMS]
}
report reason: 'released to QA Production',
    data: [commit: inputs.COMMIT, before: before, parts: parts['qa-parts'].data, driven: driven.drive.data]
