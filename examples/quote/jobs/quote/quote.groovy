def source = inputs.SOURCE_S3_FILE_PATH

def seen = phase('inspect') {
    worker job: 'mesh-check', inputs: [SOURCE: source], as: 'mesh'
    worker job: 'measure', inputs: [SOURCE: source], as: 'size'
    worker job: 'overhang', inputs: [SOURCE: source]
}
def mesh = seen.mesh.data

if (!mesh.watertight || !mesh.oriented) {
    def advice = phase('advise') {
        worker job: 'advise', inputs: [OPEN_EDGES: mesh.open_edges, BAD_EDGES: mesh.bad_edges, FLIPPED_EDGES: mesh.flipped_edges]
    }
    report status: 'FAILURE', reason: advice.advise.data.summary,
        data: [mesh: mesh, advice: advice.advise.data.steps]
    return
}

def size = seen.size.data
def priced = phase('price') {
    worker job: 'price', inputs: [
        VOLUME_MM3: size.volume_mm3,
        SURFACE_MM2: size.surface_mm2,
        SUPPORT_MM2: seen.overhang.data.support_mm2,
        LONGEST_MM: size.box_mm.toSorted().last(),
        MATERIAL: inputs.MATERIAL,
        QUANTITY: inputs.QUANTITY,
    ]
}
phase('publish') {
    worker job: 'publish', inputs: [
        RESULT: inputs.RESULT_S3_FILE_PATH,
        AMOUNT: priced.price.data.amount,
        CURRENCY: priced.price.data.currency,
    ], retries: 2
}

report data: [
    volume_mm3: size.volume_mm3,
    surface_mm2: size.surface_mm2,
    box_mm: size.box_mm,
    triangles: mesh.triangles,
    support_mm2: seen.overhang.data.support_mm2,
    price: priced.price.data,
]
