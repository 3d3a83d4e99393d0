/** Numbers that grow, eight bytes each. */
export class NumberList {
	private values = new Float64Array(1024)
	/** How many there are; may be made smaller, to forget the last ones. */
	length = 0

	push(value: number): void {
		if (this.length === this.values.length) {
			const larger = new Float64Array(this.length * 2)
			larger.set(this.values)
			this.values = larger
		}
		this.values[this.length++] = value
	}

	/** A view of the numbers, good until the next one is pushed. */
	view(): Float64Array {
		return this.values.subarray(0, this.length)
	}
}
