phase('update QA QA') {
    worker job: 'qa-farm-up', inputs: [
        REPOSITORY: inputs.REPOSITORY, COMMIT: inputs.COMMIT,
        FILE: 'qa.yaml', FARM_HOME: inputs.FARMS + '/qa-qa',
    ]
}
