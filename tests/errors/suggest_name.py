counter_value = 1
print(countr_value)
