def loud = phase('shout') {
    worker job: 'shout', inputs: [TEXT: "hello ${inputs.NAME}"]
}
report data: [greeting: loud.shout.data.text]
